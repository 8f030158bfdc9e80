package io.gympulse.contract.mqtt;

/// Where in a payload a value stands.
public sealed interface Place {

  /// The payload is the value, as UTF-8 text; blanks around it do not count.
  record WholeText() implements Place {}

  /// The payload is JSON and has the value there.
  record InJson(PayloadPointer pointer) implements Place {}

  /// The payload is JSON with the value there, or else it is the value itself.
  record InJsonOrWholeText(PayloadPointer pointer) implements Place {}
}
