package io.gympulse.contract.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.message.Acknowledgement;
import io.gympulse.contract.message.Acknowledgement.RejectedRange;
import io.gympulse.contract.message.Rejection.RejectionCode;
import org.junit.jupiter.api.Test;

class AcknowledgementCodecTest {
  private static final String ANSWER =
      """
      {"version":1,"gym":"g","gateway":"gw","outboxId":"0d9f8a52-6c1c-4c53-9f3e-3f3d6a0a7f11",
       "stored":[[1,40]],"rejected":[[41,41,"too-early","not yet",true],
       [42,43,"wrong-day","closed on Sundays",false],[44,44,"malformed","no time",false]]}""";

  @Test
  void an_unknown_code_is_read_as_unrecognised_and_the_rest_is_read() {
    Acknowledgement read = read(ANSWER);
    assertThat(read.stored()).containsExactly(SeqRange.of(1, 40));
    assertThat(read.rejected())
        .containsExactly(
            rejected(41, 41, RejectionCode.UNRECOGNISED, "too-early: not yet", true),
            rejected(42, 43, RejectionCode.UNRECOGNISED, "wrong-day: closed on Sundays", false),
            rejected(44, 44, RejectionCode.MALFORMED, "no time", false));
  }

  @Test
  void a_code_that_is_not_a_text_is_refused() {
    assertThat(AcknowledgementCodec.decode(ANSWER.replace("\"too-early\"", "7").getBytes(UTF_8)))
        .isInstanceOf(DecodeResult.Invalid.class);
  }

  private static RejectedRange rejected(
      long first, long last, RejectionCode code, String detail, boolean retryable) {
    return new RejectedRange(SeqRange.of(first, last), code, detail, retryable);
  }

  private static Acknowledgement read(String body) {
    return switch (AcknowledgementCodec.decode(body.getBytes(UTF_8))) {
      case DecodeResult.Valid<Acknowledgement>(Acknowledgement it) -> it;
      case DecodeResult.Invalid<Acknowledgement> it ->
          throw new AssertionError(it.rejection().toString());
    };
  }
}
