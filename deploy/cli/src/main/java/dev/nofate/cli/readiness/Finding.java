package dev.nofate.cli.readiness;

import dev.nofate.cli.readiness.Checklist.Line;

/** A line with its outcome. */
record Finding(Line line, Outcome outcome) {}
