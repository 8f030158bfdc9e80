package io.gympulse.cloud.ingest;

import static io.gympulse.cloud.ingest.TestGyms.BENCH;
import static io.gympulse.cloud.ingest.TestGyms.GATEWAY_1;
import static io.gympulse.cloud.ingest.TestGyms.NOW;
import static io.gympulse.cloud.ingest.TestGyms.ROWER;
import static io.gympulse.cloud.ingest.TestGyms.batch;
import static io.gympulse.cloud.ingest.TestGyms.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.management.ThreadMXBean;
import io.gympulse.cloud.core.memory.InMemoryCloudStore;
import io.gympulse.contract.codec.BatchCodec;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.message.Heartbeat;
import io.gympulse.contract.message.Rejection.RejectionCode;
import io.gympulse.contract.message.StatusReport;
import io.gympulse.contract.topic.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Messages of every bad kind in one invocation with good ones: the good ones are stored and
/// acknowledged as if they were alone, each bad one is counted and told of once.
class BadInputStormTest {
  private static final long SEED = 7;

  /// What all of it may allocate. The texts take some 8 MB, and their trees a multiple.
  private static final long MOST_BYTES = 1L << 30;

  private final InMemoryCloudStore store = TestGyms.store();
  private final RecordingPublisher published = new RecordingPublisher();
  private final IngestPaths paths = new IngestPaths(store, published);
  private final IngestCounters counters = paths.counters;

  private enum Door {
    QUEUE,
    STREAM,
    RULE
  }

  private record Bad(RejectionCode code, String text) {}

  private static final Map<String, Bad> BAD = bad();

  @ParameterizedTest
  @EnumSource
  void good_messages_are_stored_and_bad_ones_are_reported(Door door) {
    List<String> texts = new ArrayList<>(good());
    BAD.values().forEach(it -> texts.add(it.text()));
    Collections.shuffle(texts, new Random(SEED));

    long before = allocated();
    assertThat(failed(door, texts)).isEmpty();
    assertThat(allocated() - before).isLessThan(MOST_BYTES);

    assertThat(published.acks(GATEWAY_1).stream().flatMap(it -> it.stored().stream()))
        .containsExactlyInAnyOrder(SeqRange.of(1, 2), SeqRange.of(7, 7));
    assertThat(store.events().history(BENCH, NOW.minusSeconds(7200), NOW.plusSeconds(1)))
        .hasSize(3);
    assertThat(
            store
                .gateways()
                .find(GATEWAY_1.gateway())
                .orElseThrow()
                .presence()
                .orElseThrow()
                .online())
        .isTrue();
    assertThat(counters.stored()).isEqualTo(4);
    assertThat(counters.rejected()).isEqualTo(BAD.size());
    assertThat(published.errors()).hasSize(BAD.size()).allSatisfy(BadInputStormTest::passable);
  }

  @Test
  void each_bad_message_is_rejected_for_its_own_reason() {
    BAD.forEach(
        (name, bad) -> {
          long before = counters.rejected(bad.code());
          assertThat(failed(Door.QUEUE, List.of(bad.text()))).as(name).isEmpty();
          assertThat(counters.rejected(bad.code())).as(name).isEqualTo(before + 1);
        });
  }

  private List<String> failed(Door door, List<String> texts) {
    return switch (door) {
      case QUEUE -> paths.byQueue(texts);
      case STREAM -> paths.byStream(texts);
      case RULE -> texts.stream().filter(it -> !paths.byRule(it)).toList();
    };
  }

  private static void passable(JsonNode error) {
    assertThat(error.toString().getBytes(UTF_8)).hasSizeLessThan(Topics.MAX_PAYLOAD_BYTES);
    assertThat(error.path("code").asText()).isNotBlank();
    assertThat(error.path("detail").asText()).isNotBlank().hasSizeLessThanOrEqualTo(300);
  }

  private static List<String> good() {
    List<String> good =
        new ArrayList<>(
            TestQueue.of(
                batch(event(1, BENCH), event(2, ROWER)),
                batch(event(7, BENCH)),
                new Heartbeat(GATEWAY_1, NOW, Optional.of(NOW), 3)));
    good.add(
        TestQueue.text(
            new StatusReport(GATEWAY_1.gym(), BENCH, MachineStatus.FREE, NOW.minusSeconds(9)),
            NOW));
    return good;
  }

  private static Map<String, Bad> bad() {
    Map<String, Bad> bad = new LinkedHashMap<>();
    foreign(bad);
    notJson(bad);
    large(bad);
    wrong(bad);
    return bad;
  }

  /// What no rule wrote.
  private static void foreign(Map<String, Bad> bad) {
    bad.put("empty", new Bad(RejectionCode.MALFORMED, ""));
    bad.put("cut off", new Bad(RejectionCode.MALFORMED, "{\"version\":"));
    bad.put("null", new Bad(RejectionCode.MALFORMED, "null"));
    bad.put("deep arrays", new Bad(RejectionCode.MALFORMED, "[".repeat(10_000)));
    bad.put("deep objects", new Bad(RejectionCode.MALFORMED, "{\"a\":".repeat(10_000)));
    String time = "\",\"receivedAt\":1}";
    bad.put(
        "long topic",
        new Bad(RejectionCode.TOPIC_MISMATCH, "{\"topic\":\"" + "t".repeat(200_000) + time));
    bad.put("half a topic", new Bad(RejectionCode.TOPIC_MISMATCH, "{\"topic\":\"\\ud800" + time));
  }

  private static void notJson(Map<String, Bad> bad) {
    String topic = Topics.batches(GATEWAY_1);
    bad.put("no JSON", new Bad(RejectionCode.MALFORMED, TestQueue.encoded("\u0000\u0001", topic)));
    bad.put(
        "deep field",
        new Bad(
            RejectionCode.MALFORMED,
            TestQueue.encoded(
                "{\"version\":1,\"x\":" + "[".repeat(100) + "]".repeat(100) + "}", topic)));
    bad.put(
        "text behind the end",
        new Bad(RejectionCode.MALFORMED, TestQueue.encoded("{\"version\":1} {}", topic)));
    bad.put(
        "endless exponent",
        new Bad(RejectionCode.MALFORMED, TestQueue.encoded("{\"version\":1e99999999999}", topic)));
    bad.put(
        "payload alone",
        new Bad(RejectionCode.INVALID_FIELD, TestQueue.encoded("{\"payload\":\"e30=\"}", topic)));
    bad.put(
        "topic of no rule",
        new Bad(RejectionCode.TOPIC_MISMATCH, TestQueue.encoded("{}", "org/other")));
  }

  private static void large(Map<String, Bad> bad) {
    bad.put("2 MB of blanks", new Bad(RejectionCode.TOO_LARGE, " ".repeat(2_000_000)));
    bad.put(
        "1 MB in a field",
        new Bad(
            RejectionCode.TOO_LARGE,
            damaged("\"version\"", "\"pad\":\"" + "x".repeat(1_000_000) + "\",\"version\"")));
    bad.put(
        "300,000 arrays",
        new Bad(
            RejectionCode.TOO_LARGE,
            damaged("\"version\"", "\"pad\":[" + "[],".repeat(300_000) + "[]],\"version\"")));
    bad.put(
        "20,001 events",
        new Bad(
            RejectionCode.TOO_LARGE,
            damaged("\"events\":[", "\"events\":[" + "[],".repeat(20_000))));
    String bomb =
        sound()
            .replace("\"version\":1", "\"version\":2")
            .replace("\"events\"", "\"columns\":\"" + bomb() + "\",\"events\"");
    bad.put(
        "bomb",
        new Bad(RejectionCode.TOO_LARGE, TestQueue.selected(bomb, Topics.batches(GATEWAY_1))));
  }

  /// Types and units.
  private static void wrong(Map<String, Bad> bad) {
    bad.put("version as text", invalid("\"version\":1", "\"version\":\"1\""));
    bad.put("gym as number", invalid("\"gym\":\"riverside\"", "\"gym\":1"));
    bad.put("half a machine", invalid("\"bench-1\"", "\"\\udc00\""));
    bad.put("half an outbox", invalid("00000000-0000", "\\ud83d"));
    bad.put("events as object", invalid("\"events\":[", "\"events\":{},\"rest\":["));
    bad.put("time as text", invalid("\"sentAt\":1772445600000", "\"sentAt\":\"now\""));
    bad.put("time of 1e400", invalid("\"sentAt\":1772445600000", "\"sentAt\":1e400"));
    bad.put("time of 1e999999999", invalid("\"sentAt\":1772445600000", "\"sentAt\":1e999999999"));
    bad.put(
        "time beyond a long",
        invalid("\"sentAt\":1772445600000", "\"sentAt\":9223372036854775808"));
    bad.put("microseconds", invalid("\"sentAt\":1772445600000", "\"sentAt\":1772445600000000"));
    String seconds = sound().replaceAll("(17724\\d{5})\\d{3}", "$1");
    bad.put(
        "seconds",
        new Bad(RejectionCode.CLOCK_FAULT, TestQueue.selected(seconds, Topics.batches(GATEWAY_1))));
    String report =
        TestQueue.text(new StatusReport(GATEWAY_1.gym(), BENCH, MachineStatus.FREE, NOW), NOW);
    bad.put(
        "milliseconds for seconds",
        new Bad(
            RejectionCode.INVALID_FIELD,
            report.replace("\"timestamp\":1772445600", "\"timestamp\":1772445600000")));
    bad.put(
        "minutes for seconds",
        new Bad(
            RejectionCode.CLOCK_FAULT,
            report.replace("\"timestamp\":1772445600", "\"timestamp\":29540760")));
  }

  private static Bad invalid(String sound, String damaged) {
    return new Bad(RejectionCode.INVALID_FIELD, damaged(sound, damaged));
  }

  private static String damaged(String sound, String damaged) {
    assertThat(sound()).contains(sound);
    return TestQueue.selected(sound().replace(sound, damaged), Topics.batches(GATEWAY_1));
  }

  /// A batch that is never acknowledged if only one thing about it is bad.
  private static String sound() {
    return new String(BatchCodec.rows(batch(event(50, BENCH))), UTF_8);
  }

  /// 40 MB of zeros.
  private static String bomb() {
    ByteArrayOutputStream deflated = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    try (DeflaterOutputStream to = new DeflaterOutputStream(deflated, deflater)) {
      for (int i = 0; i < 40; i++) {
        to.write(new byte[1_000_000]);
      }
    } catch (IOException e) {
      throw new AssertionError("memory can be written", e);
    } finally {
      deflater.end();
    }
    return Base64.getEncoder().encodeToString(deflated.toByteArray());
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }
}
