package io.gympulse.edge.uplink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Records an uplink's events, in their order.
final class RecordingUplinkListener implements Uplink.Listener {
  private final List<String> states = new CopyOnWriteArrayList<>();
  private final List<String> acknowledgements = new CopyOnWriteArrayList<>();

  @Override
  public void connected() {
    states.add("connected");
  }

  @Override
  public void disconnected(String reason) {
    states.add("disconnected");
  }

  @Override
  public void acknowledgement(byte[] body) {
    acknowledgements.add(new String(body, UTF_8));
  }

  /// Each a `connected` or a `disconnected`.
  List<String> states() {
    return List.copyOf(states);
  }

  boolean isConnected() {
    return !states.isEmpty() && states.getLast().equals("connected");
  }

  List<String> acknowledgements() {
    return List.copyOf(acknowledgements);
  }
}
