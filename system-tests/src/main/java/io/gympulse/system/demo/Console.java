package io.gympulse.system.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/// The demonstration's console: `cut GYM`, `restore GYM`, `status`, `quit`.
final class Console {
  private static final String HELP = "type: cut GYM | restore GYM | status | quit";

  private final List<DemoGym> gyms;
  private final PrintStream out;

  Console(List<DemoGym> gyms, PrintStream out) {
    this.gyms = gyms;
    this.out = out;
  }

  void greet() {
    out.println(
        HELP + "    (gyms: " + String.join(", ", gyms.stream().map(DemoGym::id).toList()) + ")");
  }

  /// Obeys until `quit`.
  ///
  /// @return whether somebody asked to quit; false if the input ended
  boolean obey(BufferedReader in) throws IOException {
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
        .filter(it -> it.id().equals(id))
        .findFirst()
        .ifPresentOrElse(
            gym -> {
              gym.setUp(up);
              print(gym);
            },
            () -> out.println("no gym '" + id + "'; " + HELP));
  }

  private void print(DemoGym gym) {
    out.printf(
        "%-12s internet %-4s recorded %d, waiting %d, acknowledged %d%n",
        gym.id(),
        gym.up() ? "up" : "cut",
        gym.counters().recorded(),
        gym.counters().waiting(),
        gym.counters().acknowledged());
  }
}
