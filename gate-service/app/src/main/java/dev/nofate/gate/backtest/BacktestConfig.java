package dev.nofate.gate.backtest;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Bounds of running a draft over stored evaluations. */
@ConfigMapping(prefix = "nofate.backtest")
public interface BacktestConfig {

  /** Longest time between {@code from} and {@code to}. */
  @WithDefault("P366D")
  Duration range();

  /** Evaluations that one request examines at most; its cursor goes on behind them. */
  @WithDefault("10000")
  int evaluations();

  /** How long one request examines; its cursor goes on behind what it reached. */
  @WithDefault("PT20S")
  Duration time();

  /** Evaluations read at once, with their contents: what a backtest holds in memory. */
  @WithDefault("20")
  int page();

  /** Backtests that run at the same time in one replica; each keeps one worker thread busy. */
  @WithDefault("2")
  int running();

  /** Backtests of one tenant that run at the same time in one replica. */
  @WithDefault("1")
  int runningPerTenant();
}
