package io.gympulse.contract.codec;

import io.gympulse.contract.codec.EventColumns.StatusCode;
import io.gympulse.contract.codec.EventColumns.SummaryColumns;
import io.gympulse.contract.codec.EventColumns.TimeColumn;
import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.TimeQuality;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.Sequence;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Writes the events of a batch of version 2, column by column in the order of their sequence
/// numbers, as [DeflateCodec] text. Numbers are written by [ByteWriter]; *signed* ones are zig-zag.
///
/// 1. the number of events
/// 2. the number of machines; of each, in the order of ids: the length of the prefix that its id
///    shares with the previous id, the rest of the id, the [StatusCode] of its first event
/// 3. machine: its index in that list
/// 4. sequence: how many sequence numbers lie between the previous event (for the first event:
///    `firstSeq`) and the first that this event stands for
/// 5. status: 0 if it is [StatusCode#next] of the machine's previous status (for a machine's first
///    event: the status in the list), else its code plus 1
/// 6. quality: its index in [#QUALITIES]
/// 7. summary: 0 if there is none, else how many sequence numbers the event stands for
/// 8. the [SummaryColumns]
/// 9. the head of the [TimeColumn]
/// 10. the steps between times without their low bits
/// 11. the low bits of these steps
final class ColumnsWriter {
  static final List<TimeQuality> QUALITIES =
      List.of(TimeQuality.SYNCED, TimeQuality.CORRECTED, TimeQuality.BOUNDED);

  private ColumnsWriter() {}

  /// @param first the header's `firstSeq`
  /// @param sentAt the header's, in milliseconds
  static String write(List<MachineEvent> events, Sequence first, long sentAt) {
    ByteWriter repetitive = new ByteWriter().number(events.size());
    ByteWriter skewed = new ByteWriter();
    ByteWriter noise = new ByteWriter();
    machines(events, repetitive);
    sequences(events, first, repetitive);
    statuses(events, repetitive);
    events.forEach(it -> repetitive.number(QUALITIES.indexOf(it.quality())));
    summaries(events, repetitive);
    TimeColumn.write(events, sentAt, repetitive, skewed, noise);
    return DeflateCodec.deflate(repetitive.toBytes(), skewed.toBytes(), noise.toBytes());
  }

  private static void machines(List<MachineEvent> events, ByteWriter to) {
    SortedMap<MachineId, StatusCode> first = new TreeMap<>();
    events.forEach(it -> first.putIfAbsent(it.machine(), status(it)));
    Map<MachineId, Integer> indexes = new HashMap<>();
    to.number(first.size());
    String previous = "";
    for (Map.Entry<MachineId, StatusCode> entry : first.entrySet()) {
      String id = entry.getKey().value();
      int shared = sharedPrefix(previous, id);
      to.number(shared).text(id.substring(shared)).number(entry.getValue().number());
      indexes.put(entry.getKey(), indexes.size());
      previous = id;
    }
    events.forEach(it -> to.number(indexes.getOrDefault(it.machine(), 0)));
  }

  private static int sharedPrefix(String one, String other) {
    int most = Math.min(one.length(), other.length());
    int shared = 0;
    while (shared < most && one.charAt(shared) == other.charAt(shared)) {
      shared++;
    }
    return shared;
  }

  private static void sequences(List<MachineEvent> events, Sequence first, ByteWriter to) {
    long next = first.value();
    for (MachineEvent event : events) {
      to.number(event.standsFor().first().value() - next);
      next = event.seq().value() + 1;
    }
  }

  private static void statuses(List<MachineEvent> events, ByteWriter to) {
    Map<MachineId, StatusCode> expected = new HashMap<>();
    for (MachineEvent event : events) {
      StatusCode status = status(event);
      boolean asExpected = status.equals(expected.getOrDefault(event.machine(), status));
      to.number(asExpected ? 0 : status.number() + 1);
      expected.put(event.machine(), status.next());
    }
  }

  private static StatusCode status(MachineEvent event) {
    return new StatusCode(event.status(), event.reason());
  }

  private static void summaries(List<MachineEvent> events, ByteWriter to) {
    for (MachineEvent event : events) {
      to.number(event.summary().isPresent() ? event.standsFor().size() : 0);
    }
    SummaryColumns.write(events, to);
  }
}
