/** What the operator's documents say is done, and found to be so. */
package dev.nofate.system.documents;
