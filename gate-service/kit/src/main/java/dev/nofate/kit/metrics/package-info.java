/** How what every service measures is measured. */
package dev.nofate.kit.metrics;
