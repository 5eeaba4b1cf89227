package dev.nofate.cli.gateway;

import java.net.URI;
import java.time.Duration;

/**
 * Where the gateway listens, whom it serves, and its bounds.
 *
 * @param port on 127.0.0.1; 0 takes a free one
 * @param gate base URL of gate-service
 * @param audit base URL of audit-service
 * @param billing base URL of billing-service
 * @param answerTimeout how long a service may take to begin its answer
 */
record GatewaySettings(int port, URI gate, URI audit, URI billing, Duration answerTimeout) {

  /** Longest request body, in bytes: 2 MiB, beyond every limit of the services. */
  static final int MAX_BODY_BYTES = 2 * 1024 * 1024;

  /** Connections to one service, and requests that wait for one of them. */
  static final int MAX_CONNECTIONS = 128;

  static final int MAX_WAITING = 1_000;

  static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  /**
   * An idle connection is closed after this time, on either side; shorter than the services' own.
   */
  static final Duration IDLE_TIMEOUT = Duration.ofSeconds(60);

  /** How long the head of a request may take, and its body from its head. */
  static final Duration RECEIVE_TIMEOUT = Duration.ofSeconds(20);

  static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

  static final int MAX_HEADER_BYTES = 16 * 1024;

  static final int MAX_TARGET_BYTES = 8 * 1024;

  URI of(GatewayRoutes.Backend backend) {
    return switch (backend) {
      case GATE -> gate;
      case AUDIT -> audit;
      case BILLING -> billing;
    };
  }
}
