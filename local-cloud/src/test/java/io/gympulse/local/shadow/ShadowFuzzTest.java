package io.gympulse.local.shadow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.local.shadow.ShadowStep.Outcome;
import java.io.IOException;

/// Whatever a device asks of a shadow, it is answered, and the shadow can be written and read back.
class ShadowFuzzTest {
  private static final long NOW = 1_767_258_000;

  /// Each line is an update of the result of the ones before.
  @FuzzTest
  void updates_are_rejected_or_kept(byte[] text) throws IOException {
    Shadow shadow = Shadow.NONE;
    for (byte[] request : new String(text, UTF_8).lines().map(it -> it.getBytes(UTF_8)).toList()) {
      shadow = after(shadow, ShadowStep.update(shadow, request, NOW));
      shadow = after(shadow, ShadowStep.get("config", shadow, request, NOW));
    }
    after(shadow, ShadowStep.delete("config", shadow, text, NOW));
  }

  private static Shadow after(Shadow before, Outcome outcome) throws IOException {
    return switch (outcome) {
      case Outcome.Rejected(Outcome.Reply reply) -> {
        writable(reply.body());
        yield before;
      }
      case Outcome.Accepted accepted -> {
        for (Outcome.Reply reply : accepted.replies()) {
          writable(reply.body());
        }
        writable(accepted.next().state());
        assertThat(ShadowStep.JSON.writeValueAsBytes(accepted.next().state()))
            .hasSizeLessThanOrEqualTo(ShadowStep.MAX_STATE_BYTES);
        yield accepted.next();
      }
    };
  }

  private static void writable(ObjectNode body) throws IOException {
    byte[] written = ShadowStep.JSON.writeValueAsBytes(body);
    assertThat(ShadowStep.JSON.readTree(written).toString()).isEqualTo(body.toString());
  }
}
