package io.gympulse.edge.sensing;

import io.gympulse.contract.id.SensorId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Records everything that a source delivers.
public final class RecordingReceiver implements Consumer<SensorInput> {
  private final List<SensorInput> inputs = new CopyOnWriteArrayList<>();

  @Override
  public void accept(SensorInput input) {
    inputs.add(input);
  }

  public List<SensorInput.Reading> readings() {
    return of(SensorInput.Reading.class).toList();
  }

  public List<SensorId> unavailable() {
    return of(SensorInput.Unavailable.class).map(SensorInput::sensor).toList();
  }

  public List<SensorId> available() {
    return of(SensorInput.SourceUp.class).map(SensorInput::sensor).toList();
  }

  /// Everything but readings.
  public List<SensorInput> changes() {
    return inputs.stream().filter(it -> !(it instanceof SensorInput.Reading)).toList();
  }

  private <T extends SensorInput> Stream<T> of(Class<T> type) {
    return inputs.stream().filter(type::isInstance).map(type::cast);
  }
}
