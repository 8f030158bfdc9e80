package io.gympulse.contract.codec;

import io.gympulse.contract.codec.EventColumns.StatusCode;
import io.gympulse.contract.codec.EventColumns.SummaryColumns;
import io.gympulse.contract.codec.EventColumns.TimeColumn;
import io.gympulse.contract.codec.MessageJson.InvalidBody;
import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.Summary;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.Sequence;
import io.gympulse.contract.json.JsonCursor;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Reads the format of [ColumnsWriter] from untrusted input. For one use.
final class ColumnsReader {
  /// More than [BatchCodec#MAX_EVENTS] events take with the longest ids and a summary each.
  private static final int MAX_EXPANDED_BYTES = 2_097_152;

  private static final int LONGEST_ID = 64;

  private final JsonCursor<InvalidBody> field;
  private final List<MachineId> machines = new ArrayList<>();
  private final List<StatusCode> expected = new ArrayList<>();
  private final int[] machineIndexes;
  private final long[] gaps;
  private final int[] statuses;
  private final int[] qualities;
  private final long[] spans;
  private final SummaryColumns summaries;
  private final long[] times;

  private ColumnsReader(JsonCursor<InvalidBody> field, long sentAt) {
    this.field = field;
    ByteReader from = new ByteReader(field, DeflateCodec.inflate(field, MAX_EXPANDED_BYTES));
    int count = from.countTo(BatchCodec.MAX_EVENTS, "events");
    readMachines(from, from.countTo(count, "machines"));
    this.machineIndexes = from.numbersTo(machines.size() - 1, count);
    this.gaps = from.numbers(count);
    this.statuses = from.numbersTo(StatusCode.ALL.size(), count);
    this.qualities = from.numbersTo(ColumnsWriter.QUALITIES.size() - 1, count);
    this.spans = from.numbers(count);
    this.summaries =
        SummaryColumns.read(from, (int) Arrays.stream(spans).filter(it -> it > 0).count());
    this.times = TimeColumn.head(from).times(from, count, sentAt);
    from.requireEnd();
  }

  /// @param first the header's `firstSeq`
  /// @param sentAt the header's, in milliseconds
  static List<MachineEvent> read(JsonCursor<InvalidBody> field, Sequence first, long sentAt) {
    try {
      return new ColumnsReader(field, sentAt).events(first.value());
    } catch (ArithmeticException | DateTimeException e) {
      throw field.invalid("holds a number out of range");
    }
  }

  private void readMachines(ByteReader from, int count) {
    String previous = "";
    for (int i = 0; i < count; i++) {
      String id = previous.substring(0, from.numberTo(previous.length())) + from.text(LONGEST_ID);
      machines.add(field.checked(() -> new MachineId(id)));
      expected.add(StatusCode.ALL.get(from.numberTo(StatusCode.ALL.size() - 1)));
      previous = id;
    }
  }

  private List<MachineEvent> events(long firstSeq) {
    List<MachineEvent> events = new ArrayList<>(times.length);
    long previous = firstSeq - 1;
    int summary = 0;
    for (int i = 0; i < times.length; i++) {
      long first = Math.addExact(Math.addExact(previous, 1), gaps[i]);
      long own = Math.addExact(first, Math.max(1, spans[i]) - 1);
      events.add(event(i, first, own, spans[i] > 0 ? summary++ : -1));
      previous = own;
    }
    return events;
  }

  /// @param summary its index; negative for none
  private MachineEvent event(int i, long first, long own, int summary) {
    Instant at = MessageJson.time(field, times[i]);
    StatusCode status = status(i);
    return field.checked(
        () ->
            new MachineEvent(
                new Sequence(own),
                machines.get(machineIndexes[i]),
                status.status(),
                status.reason(),
                at,
                ColumnsWriter.QUALITIES.get(qualities[i]),
                summary < 0
                    ? Optional.<Summary>empty()
                    : Optional.of(summaries.summary(summary, new Sequence(first), at))));
  }

  private StatusCode status(int i) {
    StatusCode status =
        statuses[i] == 0 ? expected.get(machineIndexes[i]) : StatusCode.ALL.get(statuses[i] - 1);
    expected.set(machineIndexes[i], status.next());
    return status;
  }
}
