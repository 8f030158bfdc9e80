package io.gympulse.edge.occupancy;

import io.gympulse.contract.event.MachineState;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.id.SensorId;
import io.gympulse.edge.occupancy.SensorState.Contact;
import io.gympulse.edge.occupancy.SensorState.Doubt;
import io.gympulse.edge.occupancy.SensorState.Level;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Writes a detector's state down and reads it back, at any point between two steps: a detector
/// that goes on with the state read back tells the same as one that was never interrupted. About
/// 150 bytes per sensor, big-endian, the first byte the version.
public final class OccupancyStateCodec {
  private static final int VERSION = 2;

  private OccupancyStateCodec() {}

  public static byte[] encode(OccupancyDetector detector, OccupancyState state) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeUTF(state.published().status().wireName());
      out.writeUTF(state.published().reason().map(UnknownReason::wireName).orElse(""));
      out.writeLong(state.published().since().toEpochMilli());
      List<SensorId> ids = detector.sensors();
      for (int i = 0; i < ids.size(); i++) {
        out.writeUTF(ids.get(i).value());
        write(state.sensors().get(i), out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written to", e);
    }
    return bytes.toByteArray();
  }

  private static void write(SensorState sensor, DataOutputStream out) throws IOException {
    out.writeUTF(sensor.belief().name());
    out.writeLong(sensor.since());
    out.writeLong(sensor.judgedSince());
    Contact contact = sensor.contact();
    out.writeUTF(contact.heard().name());
    out.writeUTF(contact.level().name());
    out.writeLong(contact.changedAt());
    out.writeLong(contact.burstSince());
    out.writeLong(contact.burstDue());
    out.writeBoolean(contact.reportsEnd());
    out.writeUTF(contact.doubt().name());
    out.writeLong(sensor.runSince());
    out.writeLong(sensor.releaseSince());
    out.writeLong(sensor.heardAt());
    out.writeLong(sensor.restless());
    out.writeLong(sensor.countedAt());
    out.writeUTF(sensor.history().text());
  }

  /// @param detector of the machine whose state it is, with the same sensors
  /// @throws UnreadableStateException if the bytes are of another version, of another machine's
  ///     sensors, or damaged
  public static OccupancyState decode(OccupancyDetector detector, byte[] bytes)
      throws UnreadableStateException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readUnsignedByte();
      if (version != VERSION) {
        throw new UnreadableStateException(
            "the state is of version %d; this gateway knows version %d"
                .formatted(version, VERSION));
      }
      return state(detector, in);
    } catch (IOException | IllegalArgumentException e) {
      throw new UnreadableStateException("the state is damaged: " + e);
    }
  }

  private static OccupancyState state(OccupancyDetector detector, DataInputStream in)
      throws IOException, UnreadableStateException {
    MachineStatus status = known(MachineStatus.ofWireName(in.readUTF()));
    String reason = in.readUTF();
    Optional<UnknownReason> known =
        reason.isEmpty() ? Optional.empty() : Optional.of(known(UnknownReason.ofWireName(reason)));
    Instant since = Instant.ofEpochMilli(in.readLong());
    List<SensorState> sensors = new ArrayList<>();
    for (SensorId expected : detector.sensors()) {
      String id = in.readUTF();
      if (!id.equals(expected.value())) {
        throw new UnreadableStateException(
            "the state is of sensor '%s', not of '%s'".formatted(id, expected));
      }
      sensors.add(sensor(in));
    }
    if (in.available() > 0) {
      throw new UnreadableStateException("the state is of more sensors than the machine has");
    }
    return detector.state(new MachineState(detector.machine(), status, since, known), sensors);
  }

  private static SensorState sensor(DataInputStream in)
      throws IOException, UnreadableStateException {
    Belief belief = Belief.valueOf(in.readUTF());
    long since = in.readLong();
    long judgedSince = in.readLong();
    Contact contact =
        new Contact(
            Level.valueOf(in.readUTF()),
            Level.valueOf(in.readUTF()),
            in.readLong(),
            in.readLong(),
            in.readLong(),
            in.readBoolean(),
            Doubt.valueOf(in.readUTF()));
    return new SensorState(
        belief,
        since,
        judgedSince,
        contact,
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        DwellHistory.parse(in.readUTF()));
  }

  private static <T> T known(Optional<T> value) throws UnreadableStateException {
    return value.orElseThrow(() -> new UnreadableStateException("the state is damaged"));
  }
}
