package io.gympulse.local.provision;

import io.gympulse.local.things.Thing;

/// How kinds of things are named on the command line.
final class Kinds {

  private Kinds() {}

  /// Such as `gateway gw-1 of gym downtown`.
  static String words(Thing thing) {
    return switch (thing) {
      case Thing.Gateway it -> "gateway " + it.name() + " of gym " + it.address().gym();
      case Thing.Machine it -> "machine " + it.name() + " of gym " + it.gym();
      case Thing.Observer it -> "observer " + it.name();
    };
  }

  /// Such as `gateway=gw-1 gym=downtown`.
  static String line(Thing thing) {
    return switch (thing) {
      case Thing.Gateway it -> "gateway=" + it.name() + " gym=" + it.address().gym();
      case Thing.Machine it -> "machine=" + it.name() + " gym=" + it.gym();
      case Thing.Observer it -> "observer=" + it.name();
    };
  }
}
