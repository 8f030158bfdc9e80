package io.gympulse.system.demo;

import io.gympulse.system.environment.GymProcesses;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/// The demo's console commands: `cut GYM`, `restore GYM`, `status`, `quit`.
final class Console {
  private static final String HELP = "type: cut GYM | restore GYM | status | quit";

  private final List<GymProcesses> gyms;
  private final PrintStream out;

  Console(List<GymProcesses> gyms, PrintStream out) {
    this.gyms = gyms;
    this.out = out;
  }

  void printHelp() {
    out.println(
        HELP
            + "    (gyms: "
            + String.join(", ", gyms.stream().map(GymProcesses::gymId).toList())
            + ")");
  }

  /// Reads and runs commands.
  ///
  /// @return true on `quit`; false at the end of the input
  boolean run(BufferedReader in) throws IOException {
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.strip().split("\\s+", 2);
      switch (words[0]) {
        case "quit", "exit" -> {
          return true;
        }
        case "status" -> gyms.forEach(this::print);
        case "cut", "restore" ->
            switchLink(words.length > 1 ? words[1] : "", words[0].equals("restore"));
        case "" -> {}
        default -> out.println(HELP);
      }
    }
    return false;
  }

  private void switchLink(String id, boolean up) {
    gyms.stream()
        .filter(it -> it.gymId().equals(id))
        .findFirst()
        .ifPresentOrElse(
            gym -> {
              DemoControl.setInternet(gym, up);
              print(gym);
            },
            () -> out.println("no gym '" + id + "'; " + HELP));
  }

  private void print(GymProcesses gym) {
    out.printf(
        "%-12s internet %-4s recorded %d, waiting %d, acknowledged %d%n",
        gym.gymId(),
        gym.isLinkUp() ? "up" : "cut",
        gym.counters().recorded(),
        gym.counters().waiting(),
        gym.counters().acknowledged());
  }
}
