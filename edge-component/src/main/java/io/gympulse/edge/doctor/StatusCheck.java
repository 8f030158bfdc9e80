package io.gympulse.edge.doctor;

import io.gympulse.edge.status.GatewayStatus;
import io.gympulse.edge.status.GatewayStatus.Source;
import io.gympulse.edge.status.GatewayStatusJson;
import io.gympulse.edge.status.StatusClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// Whether the running gateway answers on its socket, and reads from all its sources.
///
/// @param folder the data folder
record StatusCheck(Path folder) implements Check {

  @Override
  public String name() {
    return "status";
  }

  @Override
  public Finding run() throws IOException {
    if (!new LockCheck(folder).isHeld()) {
      return Finding.skipped("no gateway runs");
    }
    GatewayStatus status;
    try {
      status = GatewayStatusJson.read(new StatusClient(folder).json());
    } catch (IOException e) {
      return Finding.failed(
          "the gateway runs, but its status cannot be read (%s)".formatted(e.getMessage()),
          "run the doctor as the gateway's user; else restart the gateway");
    }
    List<Source> failing =
        status.sources().stream().filter(it -> it.status().equals("failing")).toList();
    long silent = status.sensors().stream().filter(it -> it.read() == 0).count();
    String seen =
        "the gateway answers; %d of %d sensors without a reading since its start"
            .formatted(silent, status.sensors().size());
    return failing.isEmpty()
        ? Finding.ok(seen)
        : Finding.failed(
            failing.stream()
                .map(it -> it.name() + ": " + it.reason())
                .collect(Collectors.joining(", ")),
            "`gympulse sensors watch` shows each sensor");
  }
}
