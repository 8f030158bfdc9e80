package io.gympulse.contract.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.codec.BatchCodec.BatchHeader;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.message.EventBatch;
import io.gympulse.contract.message.Rejection;
import io.gympulse.contract.message.Rejection.RejectionCode;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MalformedBodiesTest {
  private static final String BATCH =
      """
      {"version":1,"gym":"g","gateway":"w","outboxId":"0d9f8a52-6c1c-4c53-9f3e-3f3d6a0a7f11",\
      "kind":"live","firstSeq":1,"lastSeq":2,"sentAt":2000,\
      "events":[[1,"m","free",1000,"synced"],[2,"m","occupied",1500,"synced"]]}""";

  @Test
  void the_batch_that_these_tests_damage_is_valid() {
    assertThat(BatchCodec.decode(BATCH.getBytes(UTF_8))).isInstanceOf(DecodeResult.Valid.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"version\":1 | \"version\":3 | UNKNOWN_VERSION | version",
        "\"version\":1 | \"version\":2 | MISSING_FIELD | columns",
        "\"version\":1, | `` | MISSING_FIELD | version",
        "\"gym\":\"g\" | \"gym\":\"G\" | INVALID_FIELD | gym",
        "\"gym\":\"g\" | \"gym\":7 | INVALID_FIELD | gym",
        "0d9f8a52-6c1c | zzz | INVALID_FIELD | outboxId",
        "\"live\" | \"late\" | INVALID_FIELD | kind",
        "\"firstSeq\":1 | \"firstSeq\":0 | INVALID_FIELD | lastSeq",
        "\"lastSeq\":2 | \"lastSeq\":3 | INVALID_FIELD | events",
        "\"sentAt\":2000 | \"sentAt\":-1 | INVALID_FIELD | sentAt",
        "\"sentAt\":2000 | \"sentAt\":1e99 | INVALID_FIELD | sentAt",
        "\"occupied\" | \"busy\" | INVALID_FIELD | events[1][2]",
        "1500 | \"soon\" | INVALID_FIELD | events[1][3]",
        "[2, | [1, | INVALID_FIELD | events",
        "\"synced\"]] | \"synced\",\"sensor-dead\"]] | INVALID_FIELD | events[1]",
        "[1,\"m\",\"free\",1000,\"synced\"] | [1,\"m\"] | INVALID_FIELD | events[0]",
      })
  void a_damaged_field_is_named(String valid, String damaged, RejectionCode code, String field) {
    String body = BATCH.replace(valid, damaged);
    assertThat(body).isNotEqualTo(BATCH);
    Rejection rejection = rejected(BatchCodec.decode(body.getBytes(UTF_8))).rejection();
    assertThat(rejection.code()).isEqualTo(code);
    assertThat(rejection.field()).isEqualTo(field);
    assertThat(rejection.detail()).isNotBlank();
  }

  @Test
  void the_header_of_a_batch_with_damaged_rows_is_read() {
    DecodeResult.Invalid<EventBatch> invalid =
        rejected(BatchCodec.decode(BATCH.replace("\"occupied\"", "9").getBytes(UTF_8)));
    assertThat(invalid.header()).map(BatchHeader::range).contains(SeqRange.of(1, 2));
  }

  @Test
  void the_header_of_a_batch_of_a_later_version_is_read() {
    DecodeResult.Invalid<EventBatch> invalid =
        rejected(
            BatchCodec.decode(BATCH.replace("\"version\":1", "\"version\":9").getBytes(UTF_8)));
    assertThat(invalid.header()).isPresent();
  }

  @Test
  void a_body_over_the_payload_limit_is_refused_unread() {
    DecodeResult.Invalid<EventBatch> invalid = rejected(BatchCodec.decode(new byte[131_073]));
    assertThat(invalid.rejection().code()).isEqualTo(RejectionCode.TOO_LARGE);
  }

  @Test
  void deep_nesting_is_refused() {
    DecodeResult.Invalid<EventBatch> invalid =
        rejected(BatchCodec.decode("[".repeat(100_000).getBytes(UTF_8)));
    assertThat(invalid.rejection().code()).isEqualTo(RejectionCode.MALFORMED);
  }

  @Test
  void a_field_of_a_later_version_is_ignored() {
    String body = BATCH.replace("{\"version\"", "{\"colour\":\"blue\",\"version\"");
    assertThat(BatchCodec.decode(body.getBytes(UTF_8))).isInstanceOf(DecodeResult.Valid.class);
  }

  @Property
  void any_bytes_are_rejected_without_an_exception(@ForAll byte[] body) {
    assertThat(BatchCodec.decode(body)).isInstanceOf(DecodeResult.Invalid.class);
    assertThat(SnapshotCodec.decode(body)).isInstanceOf(DecodeResult.Invalid.class);
    assertThat(HeartbeatCodec.decode(body)).isInstanceOf(DecodeResult.Invalid.class);
    assertThat(GatewayHealthCodec.decode(body)).isInstanceOf(DecodeResult.Invalid.class);
    assertThat(AcknowledgementCodec.decode(body)).isInstanceOf(DecodeResult.Invalid.class);
    assertThat(StatusReportCodec.decode(body)).isInstanceOf(DecodeResult.Invalid.class);
  }

  @Property
  void a_batch_cut_or_changed_anywhere_never_throws(@ForAll int where, @ForAll byte what) {
    byte[] body = BATCH.getBytes(UTF_8);
    body[Math.floorMod(where, body.length)] = what;
    assertThat(BatchCodec.decode(body)).isNotNull();
    byte[] cut = Arrays.copyOf(body, Math.floorMod(where, body.length));
    assertThat(BatchCodec.decode(cut)).isInstanceOf(DecodeResult.Invalid.class);
  }

  private static <T> DecodeResult.Invalid<T> rejected(DecodeResult<T> decoded) {
    return switch (decoded) {
      case DecodeResult.Invalid<T> invalid -> invalid;
      case DecodeResult.Valid<T> it -> throw new AssertionError("accepted: " + it.value());
    };
  }
}
