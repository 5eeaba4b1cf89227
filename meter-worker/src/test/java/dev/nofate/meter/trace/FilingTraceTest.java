package dev.nofate.meter.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.SpanContext;
import org.junit.jupiter.api.Test;

class FilingTraceTest {

  @Test
  void aRecordedTraceparentIsARemoteSampledSpan() {
    SpanContext context =
        FilingTrace.context("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
            .orElseThrow();
    assertThat(context.getTraceId()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
    assertThat(context.getSpanId()).isEqualTo("00f067aa0ba902b7");
    assertThat(context.isSampled()).isTrue();
    assertThat(context.isRemote()).isTrue();
  }

  @Test
  void whatIsNoneIsPassedOver() {
    assertThat(FilingTrace.context("")).isEmpty();
    assertThat(FilingTrace.context("00-4bf9-00f0-01")).isEmpty();
    assertThat(FilingTrace.context("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00"))
        .isEmpty();
  }
}
