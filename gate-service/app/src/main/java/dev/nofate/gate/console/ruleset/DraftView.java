package dev.nofate.gate.console.ruleset;

import dev.nofate.gate.ruleset.RulesetCheck;

/**
 * A draft and what was observed of it.
 *
 * @param text the document as it stands in the form
 * @param check what publishing it would say; null when nothing was asked yet
 * @param backtest what it would have decided of the past; null when nothing was asked yet
 */
public record DraftView(String text, RulesetCheck check, BacktestView backtest) {}
