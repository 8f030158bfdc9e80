package io.gympulse.bench.detector;

import io.gympulse.contract.event.MachineState;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.id.MachineId;
import io.gympulse.edge.occupancy.DetectorInput;
import io.gympulse.edge.occupancy.OccupancyDetector;
import io.gympulse.edge.occupancy.OccupancyState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Inputs for the detectors of some machines, in order of time, ready to be taken again and again:
/// states are immutable, so each pass starts from the same ones.
final class Stream {
  private static final Duration STUCK_AFTER = Duration.ofHours(6);

  private final OccupancyDetector[] detectors;
  private final OccupancyState[] initial;
  private final int[] machines;
  private final DetectorInput[] inputs;

  private Stream(OccupancyDetector[] detectors, int[] machines, DetectorInput[] inputs) {
    this.detectors = detectors;
    this.initial =
        Arrays.stream(detectors).map(it -> it.initial(unread(it))).toArray(OccupancyState[]::new);
    this.machines = machines;
    this.inputs = inputs;
  }

  private static MachineState unread(OccupancyDetector detector) {
    return new MachineState(
        detector.machine(),
        MachineStatus.UNKNOWN,
        Instant.EPOCH,
        Optional.of(UnknownReason.NO_READING));
  }

  /// @param said what the machines' sensors say, in order of time
  /// @param readings whether to take it, or only its times
  /// @param ticks how many machines, in turn, are told the time before each reading
  static Stream of(List<Machine> machines, List<GymHours.Said> said, boolean readings, int ticks) {
    OccupancyDetector[] detectors =
        machines.stream()
            .map(it -> new OccupancyDetector(it, STUCK_AFTER))
            .toArray(OccupancyDetector[]::new);
    Map<MachineId, Integer> index = new HashMap<>();
    machines.forEach(it -> index.put(it.id(), index.size()));
    List<Integer> who = new ArrayList<>();
    List<DetectorInput> inputs = new ArrayList<>();
    for (GymHours.Said it : said) {
      for (int i = 0; i < ticks; i++) {
        who.add(inputs.size() % detectors.length);
        inputs.add(new DetectorInput.Tick(it.reading().at()));
      }
      if (readings) {
        who.add(index.getOrDefault(it.machine(), 0));
        inputs.add(new DetectorInput.Reading(it.reading()));
      }
    }
    return new Stream(
        detectors,
        who.stream().mapToInt(Integer::intValue).toArray(),
        inputs.toArray(DetectorInput[]::new));
  }

  int length() {
    return inputs.length;
  }

  /// Takes every input.
  ///
  /// @return how many transitions were told
  long pass() {
    OccupancyState[] states = initial.clone();
    long told = 0;
    for (int i = 0; i < inputs.length; i++) {
      int machine = machines[i];
      var step = detectors[machine].step(states[machine], inputs[i]);
      states[machine] = step.state();
      told += step.transitions().size();
    }
    return told;
  }

  /// Looks at every input, and at the state it is for, but does nothing with them.
  long look() {
    OccupancyState[] states = initial.clone();
    long seen = 0;
    for (int i = 0; i < inputs.length; i++) {
      seen += states[machines[i]].due() > inputs[i].at().toEpochMilli() ? 1 : 0;
    }
    return seen;
  }
}
