package io.gympulse.edge.configuration;

import static io.gympulse.edge.configuration.ConfigurationValues.text;

import io.gympulse.contract.json.JsonCursor;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads where the installer's screen listens: `{"listen": "0.0.0.0:8443", "tls": true}`.
final class ScreenReader {
  private static final Pattern ADDRESS =
      Pattern.compile("(?<host>[\\w.-]+|\\[[0-9a-fA-F:.]+]):(?<port>\\d{1,5})");
  private static final Pattern LOOPBACK = Pattern.compile("127(\\.\\d{1,3}){3}|localhost|\\[::1]");
  private static final String WANTED = "an address and a port, such as 0.0.0.0:8443";
  private static final int MAX_PORT = 65_535;

  private ScreenReader() {}

  /// @param floorPlan the file that binding writes
  static ScreenSettings read(JsonCursor<ConfigurationException> key, Path floorPlan)
      throws ConfigurationException {
    key.closedObject("listen", "tls");
    JsonCursor<ConfigurationException> listen = key.field("listen");
    Matcher address = ADDRESS.matcher(text(listen, WANTED));
    if (!address.matches() || Integer.parseInt(address.group("port")) > MAX_PORT) {
      throw listen.expected(WANTED);
    }
    String host = address.group("host");
    boolean tls = key.optional("tls", JsonCursor::bool).orElse(true);
    if (!tls && !LOOPBACK.matcher(host).matches()) {
      throw key.field("tls")
          .invalid(
              "false is for a loopback address only, as the code and the session would be readable"
                  + " on the network; remove it or listen on 127.0.0.1");
    }
    return new ScreenSettings(host, Integer.parseInt(address.group("port")), tls, floorPlan);
  }
}
