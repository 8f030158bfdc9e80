package io.gympulse.edge.doctor;

/// Whether the uplink can be created from its settings: its native library loads and takes the
/// files. Nothing is connected.
///
/// @param creation creates it and closes it again; an exception's message has the remedy
record UplinkCheck(Runnable creation) implements Check {

  @Override
  public String name() {
    return "uplink";
  }

  @Override
  public Finding run() {
    try {
      creation.run();
      return Finding.ok("the uplink's library loads and takes the configuration");
    } catch (IllegalArgumentException e) {
      return Finding.failed(String.valueOf(e.getMessage()));
    }
  }
}
