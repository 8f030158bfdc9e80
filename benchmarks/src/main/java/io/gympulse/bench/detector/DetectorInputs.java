package io.gympulse.bench.detector;

import io.gympulse.contract.event.MachineState;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.id.MachineId;
import io.gympulse.edge.occupancy.OccupancyDetector;
import io.gympulse.edge.occupancy.OccupancyState;
import io.gympulse.edge.sensing.SensorInput;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Inputs and ticks for the detectors of some machines, in order of time. A tick has the time of
/// its reading. They can be processed repeatedly: states are immutable, so each pass starts from
/// the same ones.
final class DetectorInputs {
  private static final Duration STUCK_AFTER = Duration.ofHours(6);

  private final OccupancyDetector[] detectors;
  private final OccupancyState[] initial;
  private final int[] machines;
  private final SensorInput[] inputs;
  private final boolean[] ticks;

  private DetectorInputs(
      OccupancyDetector[] detectors, int[] machines, SensorInput[] inputs, boolean[] ticks) {
    this.detectors = detectors;
    this.initial =
        Arrays.stream(detectors)
            .map(it -> it.initial(initialState(it)))
            .toArray(OccupancyState[]::new);
    this.machines = machines;
    this.inputs = inputs;
    this.ticks = ticks;
  }

  private static MachineState initialState(OccupancyDetector detector) {
    return new MachineState(
        detector.machine(),
        MachineStatus.UNKNOWN,
        Instant.EPOCH,
        Optional.of(UnknownReason.NO_READING));
  }

  /// @param readings in order of time
  /// @param withReadings whether the readings are inputs, or only their times are used
  /// @param ticks the number of machines, in rotation, that get a tick before each reading
  static DetectorInputs of(
      List<Machine> machines,
      List<SensorReadings.MachineReading> readings,
      boolean withReadings,
      int ticks) {
    OccupancyDetector[] detectors =
        machines.stream()
            .map(it -> new OccupancyDetector(it, STUCK_AFTER))
            .toArray(OccupancyDetector[]::new);
    Map<MachineId, Integer> index = new HashMap<>();
    machines.forEach(it -> index.put(it.id(), index.size()));
    List<Integer> indices = new ArrayList<>();
    List<SensorInput> inputs = new ArrayList<>();
    BitSet isTick = new BitSet();
    for (SensorReadings.MachineReading it : readings) {
      for (int i = 0; i < ticks; i++) {
        indices.add(inputs.size() % detectors.length);
        isTick.set(inputs.size());
        inputs.add(it.reading());
      }
      if (withReadings) {
        indices.add(index.getOrDefault(it.machine(), 0));
        inputs.add(it.reading());
      }
    }
    return new DetectorInputs(
        detectors,
        indices.stream().mapToInt(Integer::intValue).toArray(),
        inputs.toArray(SensorInput[]::new),
        ticks(isTick, inputs.size()));
  }

  private static boolean[] ticks(BitSet isTick, int length) {
    boolean[] ticks = new boolean[length];
    isTick.stream().forEach(it -> ticks[it] = true);
    return ticks;
  }

  int length() {
    return inputs.length;
  }

  /// Steps the detectors through all inputs.
  ///
  /// @return the number of transitions
  long process() {
    OccupancyState[] states = initial.clone();
    long transitions = 0;
    for (int i = 0; i < inputs.length; i++) {
      int machine = machines[i];
      var step =
          ticks[i]
              ? detectors[machine].tick(states[machine], inputs[i].at())
              : detectors[machine].step(states[machine], inputs[i]);
      states[machine] = step.state();
      transitions += step.transitions().size();
    }
    return transitions;
  }

  /// Reads all inputs and their machines' states without a step.
  long iterate() {
    OccupancyState[] states = initial.clone();
    long seen = 0;
    for (int i = 0; i < inputs.length; i++) {
      seen += states[machines[i]].due() > inputs[i].at().toEpochMilli() ? 1 : 0;
    }
    return seen;
  }
}
