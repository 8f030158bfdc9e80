package io.gympulse.contract.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.gympulse.contract.Allocations;
import io.gympulse.contract.codec.MessageJson.InvalidBody;
import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.id.Sequence;
import io.gympulse.contract.json.JsonCursor;
import io.gympulse.contract.message.Rejection;
import io.gympulse.contract.topic.Topics;
import java.util.List;
import java.util.function.Function;

/// For any bytes a decoder returns a rejection that can be passed on, or a value that is written
/// and read back unchanged, and allocates a bounded amount of memory.
class MessagesFuzzTest {
  private static final byte[] NOTHING = {};

  @FuzzTest
  void batches_are_refused_or_read_back_as_they_are(byte[] body) {
    check(body, BatchCodec::decode, BatchCodec::encode);
    check(body, BatchCodec::decode, BatchCodec::columns);
  }

  /// The columns of a batch before they are deflated, as mutated base64 would rarely be valid.
  @FuzzTest
  void columns_are_refused_or_read_back_as_they_are(byte[] columns) {
    String batch =
        """
        {"version":2,"gym":"g","gateway":"w","outboxId":"0d9f8a52-6c1c-4c53-9f3e-3f3d6a0a7f11",\
        "kind":"live","firstSeq":%d,"lastSeq":%d,"sentAt":1767258900500,"columns":"%s"}""";
    String text = DeflateCodec.deflate(columns, NOTHING, NOTHING);
    long first = columns.length > 0 && columns[0] < 0 ? 41 : 1;
    String guess = batch.formatted(first, first, text);
    check(guess.getBytes(UTF_8), BatchCodec::decode, BatchCodec::columns);
    // Once more with the actual last sequence number of the columns, if they hold events.
    switch (MessageJson.decode(
        guess.getBytes(UTF_8), node -> MessageJson.read(node, it -> last(it, first)))) {
      case DecodeResult.Valid<Long>(Long last) ->
          check(
              batch.formatted(first, last, text).getBytes(UTF_8),
              BatchCodec::decode,
              BatchCodec::columns);
      case DecodeResult.Invalid<Long> _ -> {}
    }
  }

  private static Long last(JsonCursor<InvalidBody> body, long first) {
    List<MachineEvent> events =
        ColumnsReader.read(body.field("columns"), new Sequence(first), 1_767_258_900_500L);
    return events.getLast().seq().value();
  }

  @FuzzTest
  void snapshots_are_refused_or_read_back_as_they_are(byte[] body) {
    check(body, SnapshotCodec::decode, SnapshotCodec::encode);
  }

  @FuzzTest
  void heartbeats_are_refused_or_read_back_as_they_are(byte[] body) {
    check(body, HeartbeatCodec::decode, HeartbeatCodec::encode);
  }

  @FuzzTest
  void health_is_refused_or_read_back_as_it_is(byte[] body) {
    check(body, GatewayHealthCodec::decode, GatewayHealthCodec::encode);
  }

  @FuzzTest
  void acknowledgements_are_refused_or_read_back_as_they_are(byte[] body) {
    check(body, AcknowledgementCodec::decode, AcknowledgementCodec::encode);
  }

  @FuzzTest
  void status_reports_are_refused_or_read_back_as_they_are(byte[] body) {
    check(body, StatusReportCodec::decode, StatusReportCodec::encode);
  }

  private static <T> void check(
      byte[] body, Function<byte[], DecodeResult<T>> decode, Function<T, byte[]> encode) {
    switch (Allocations.bounded(() -> decode.apply(body))) {
      case DecodeResult.Valid<T> valid -> {
        byte[] written = encode.apply(valid.value());
        // A body that was compressed better than this codec does may be too large when written.
        if (written.length <= Topics.MAX_PAYLOAD_BYTES) {
          assertThat(decode.apply(written)).isEqualTo(valid);
        }
      }
      case DecodeResult.Invalid<T> invalid -> checkPassable(invalid.rejection());
    }
  }

  private static void checkPassable(Rejection rejection) {
    assertThat(rejection.detail()).isNotBlank().hasSizeLessThan(1_000);
    assertThat(UTF_8.newEncoder().canEncode(rejection.detail())).isTrue();
    assertThat(UTF_8.newEncoder().canEncode(rejection.field())).isTrue();
  }
}
