package io.gympulse.contract.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.MachineState;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.Summary;
import io.gympulse.contract.event.TimeQuality;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import io.gympulse.contract.message.Acknowledgement;
import io.gympulse.contract.message.Acknowledgement.RejectedRange;
import io.gympulse.contract.message.BatchKind;
import io.gympulse.contract.message.EventBatch;
import io.gympulse.contract.message.Heartbeat;
import io.gympulse.contract.message.Rejection.RejectionCode;
import io.gympulse.contract.message.Snapshot;
import io.gympulse.contract.message.StatusReport;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The golden files define each version's format. Gateways in the field use it, so the files never
/// change.
class GoldenFilesTest {
  private static final GatewayAddress DOWNTOWN =
      new GatewayAddress(new GymId("downtown"), new GatewayId("downtown-gw"));
  private static final OutboxId OUTBOX =
      new OutboxId(UUID.fromString("0d9f8a52-6c1c-4c53-9f3e-3f3d6a0a7f11"));
  private static final MachineId BIKE = new MachineId("downtown-bike-1");
  private static final MachineId ROWER = new MachineId("downtown-rower-1");
  private static final Instant SENT = Instant.ofEpochMilli(1767258000500L);
  private static final Instant COVERED = Instant.ofEpochMilli(1767257999000L);
  private static final Instant TAKEN = Instant.ofEpochMilli(1767257990125L);
  private static final Instant FREED = Instant.ofEpochMilli(1767257991000L);
  private static final Instant DIED = Instant.ofEpochMilli(1767257995000L);

  @Test
  void a_batch_is_written_and_read_as_its_golden_file_says() throws IOException {
    EventBatch batch =
        new EventBatch(
            DOWNTOWN,
            OUTBOX,
            BatchKind.LIVE,
            SENT,
            Optional.of(COVERED),
            List.of(
                event(41, BIKE, MachineStatus.OCCUPIED, null, TAKEN, TimeQuality.SYNCED),
                event(
                    42,
                    new MachineId("downtown-bike-2"),
                    MachineStatus.FREE,
                    null,
                    FREED,
                    TimeQuality.CORRECTED),
                event(
                    44,
                    ROWER,
                    MachineStatus.UNKNOWN,
                    UnknownReason.SENSOR_DEAD,
                    DIED,
                    TimeQuality.BOUNDED)));
    assertGolden("batch", batch, BatchCodec::rows, BatchCodec::decode);
  }

  /// Only what the columns expand to is compared: libraries deflate differently.
  @Test
  void a_batch_in_columns_is_written_and_read_as_its_golden_file_says() throws IOException {
    EventBatch batch = coalesced();
    byte[] golden = golden("v2/batch.json");
    assertThat(BatchCodec.decode(golden)).isEqualTo(new DecodeResult.Valid<>(batch));
    assertThat(expanded(BatchCodec.columns(batch))).isEqualTo(expanded(golden));
  }

  private static EventBatch coalesced() {
    Instant bin = Instant.ofEpochMilli(1767258000000L);
    Summary busy =
        new Summary(
            new Sequence(41),
            bin.plusMillis(1_250),
            Duration.ofMillis(310_000),
            Duration.ofMillis(42_500),
            Duration.ZERO,
            12);
    Summary takenOver =
        new Summary(
            new Sequence(54),
            bin.plusMillis(360_000),
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            0);
    return new EventBatch(
        DOWNTOWN,
        OUTBOX,
        BatchKind.BACKLOG,
        bin.plusMillis(900_500),
        Optional.of(bin.plusMillis(899_000)),
        List.of(
            event(53, BIKE, MachineStatus.FREE, bin.plusMillis(353_750), busy),
            event(56, ROWER, MachineStatus.OCCUPIED, bin.plusMillis(360_000), takenOver),
            event(57, BIKE, MachineStatus.OCCUPIED, bin.plusMillis(358_125), null),
            event(
                60,
                ROWER,
                MachineStatus.UNKNOWN,
                UnknownReason.SENSOR_DEAD,
                bin.plusMillis(480_001),
                TimeQuality.CORRECTED),
            event(61, ROWER, MachineStatus.FREE, bin.plusMillis(500_000), null)));
  }

  private static MachineEvent event(
      long seq, MachineId machine, MachineStatus status, Instant at, @Nullable Summary summary) {
    return new MachineEvent(
        new Sequence(seq),
        machine,
        status,
        Optional.empty(),
        at,
        TimeQuality.SYNCED,
        Optional.ofNullable(summary));
  }

  private static ObjectNode expanded(byte[] body) throws IOException {
    ObjectNode node = (ObjectNode) new ObjectMapper().readTree(body);
    Inflater inflater = new Inflater(true);
    inflater.setInput(node.path("columns").binaryValue());
    byte[] columns = new byte[1_000];
    try {
      int size = inflater.inflate(columns);
      assertThat(inflater.finished()).isTrue();
      return node.put("columns", HexFormat.of().formatHex(columns, 0, size));
    } catch (DataFormatException e) {
      throw new AssertionError(e);
    } finally {
      inflater.end();
    }
  }

  @Test
  void a_snapshot_is_written_and_read_as_its_golden_file_says() throws IOException {
    Snapshot snapshot =
        new Snapshot(
            DOWNTOWN,
            SENT,
            List.of(
                new MachineState(BIKE, MachineStatus.OCCUPIED, TAKEN, Optional.empty()),
                new MachineState(
                    ROWER, MachineStatus.UNKNOWN, DIED, Optional.of(UnknownReason.SENSOR_DEAD))));
    assertGolden("snapshot", snapshot, SnapshotCodec::encode, SnapshotCodec::decode);
  }

  @Test
  void a_heartbeat_is_written_and_read_as_its_golden_file_says() throws IOException {
    Heartbeat heartbeat = new Heartbeat(DOWNTOWN, SENT, Optional.of(COVERED), 3);
    assertGolden("heartbeat", heartbeat, HeartbeatCodec::encode, HeartbeatCodec::decode);
  }

  @Test
  void a_heartbeat_that_names_its_outbox_is_written_and_read_as_its_golden_file_says()
      throws IOException {
    Heartbeat heartbeat =
        new Heartbeat(DOWNTOWN, SENT, Optional.of(COVERED), 0, Optional.of(OUTBOX));
    assertGolden("heartbeat-outbox", heartbeat, HeartbeatCodec::encode, HeartbeatCodec::decode);
  }

  @Test
  void a_heartbeat_with_coverage_and_waiting_events_is_written_and_read_as_its_golden_file_says()
      throws IOException {
    Heartbeat heartbeat =
        new Heartbeat(DOWNTOWN, SENT, Optional.of(COVERED), 12, Optional.of(OUTBOX));
    assertGolden("heartbeat-waiting", heartbeat, HeartbeatCodec::encode, HeartbeatCodec::decode);
  }

  @Test
  void a_gateways_health_is_written_and_read_as_its_golden_file_says() throws IOException {
    assertGolden(
        "health",
        SampleHealth.healthy(DOWNTOWN, SENT),
        GatewayHealthCodec::encode,
        GatewayHealthCodec::decode);
  }

  @Test
  void health_of_which_little_is_known_is_written_and_read_as_its_golden_file_says()
      throws IOException {
    assertGolden(
        "health-unknown",
        SampleHealth.unknown(DOWNTOWN, SENT),
        GatewayHealthCodec::encode,
        GatewayHealthCodec::decode);
  }

  @Test
  void an_acknowledgement_is_written_and_read_as_its_golden_file_says() throws IOException {
    Acknowledgement ack =
        new Acknowledgement(
            DOWNTOWN,
            OUTBOX,
            List.of(SeqRange.of(1, 40), SeqRange.of(42, 44)),
            List.of(
                new RejectedRange(
                    SeqRange.of(41, 41),
                    RejectionCode.UNKNOWN_MACHINE,
                    "downtown-bike-9 is not on the floor plan",
                    false)));
    assertGolden(
        "acknowledgement", ack, AcknowledgementCodec::encode, AcknowledgementCodec::decode);
  }

  @Test
  void a_status_report_is_written_and_read_as_its_golden_file_says() throws IOException {
    StatusReport report = new StatusReport(DOWNTOWN.gym(), BIKE, MachineStatus.OCCUPIED, TAKEN);
    assertGolden("status", report, StatusReportCodec::encode, StatusReportCodec::decode);
  }

  private static MachineEvent event(
      long seq,
      MachineId machine,
      MachineStatus status,
      @Nullable UnknownReason reason,
      Instant at,
      TimeQuality quality) {
    return new MachineEvent(
        new Sequence(seq), machine, status, Optional.ofNullable(reason), at, quality);
  }

  private static <T> void assertGolden(
      String name, T value, Function<T, byte[]> encode, Function<byte[], DecodeResult<T>> decode)
      throws IOException {
    byte[] golden = golden("v1/" + name + ".json");
    ObjectMapper json = new ObjectMapper();
    assertThat(json.readTree(encode.apply(value))).isEqualTo(json.readTree(golden));
    assertThat(decode.apply(golden)).isEqualTo(new DecodeResult.Valid<>(value));
  }

  private static byte[] golden(String name) throws IOException {
    try (InputStream file =
        Objects.requireNonNull(
            BatchCodec.class.getResourceAsStream("/io/gympulse/contract/golden/" + name))) {
      return file.readAllBytes();
    }
  }
}
