/** What a draft of a ruleset would have decided otherwise, asked over HTTP. */
package dev.nofate.cli.backtest;
