package io.gympulse.edge.uplink;

/// Takes what an uplink has to tell. Called on the uplink's threads: it must not block.
public interface UplinkListener {

  /// Publishing is possible, and acknowledgements are being listened for.
  void connected();

  void disconnected(String reason);

  /// A body arrived on the topic of this gateway's acknowledgements.
  void acknowledgement(byte[] body);
}
