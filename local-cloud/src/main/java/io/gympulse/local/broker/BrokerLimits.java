package io.gympulse.local.broker;

/// What one client, one source address and all clients together may use of the broker. All rates
/// are in real time.
///
/// The values of `IOT_CORE` that a device can run into are AWS IoT Core's: publishes beyond the
/// rate are discarded, bytes beyond the rate are delayed, subscriptions beyond the number are
/// refused. Bursts are several times what a client saves up that keeps to the rates itself: a slow
/// link may hand over at once what was sent over seconds.
///
/// @param publishesPerSecond per connection; more are discarded
/// @param publishBurst publishes at once after a pause
/// @param bytesPerSecond received per connection; more are delayed
/// @param byteBurst bytes at once after a pause
/// @param unacknowledged publishes that a connection has handed over and the broker has not worked
///     on; nothing more is read meanwhile
/// @param subscriptions per connection, those of its session included
/// @param requestsPerSecond filters subscribed to or unsubscribed from, pings and all other packets
///     but publishes, per connection; more are delayed
/// @param requestBurst such requests at once after a pause
/// @param connectsPerSecond connection attempts per certificate; more are refused
/// @param connectBurst attempts at once after a pause
/// @param connectSeconds from the TCP connection to the accepted CONNECT, TLS included
/// @param acceptsPerSecond TCP connections of one source address; more are closed
/// @param acceptBurst TCP connections at once after a pause
/// @param unfinishedPerSource TCP connections of one source without an accepted CONNECT
/// @param connectionsPerSource of one source address
/// @param connections of all
/// @param heldBytesPerTopic messages that wait for their subscribers; more are dropped
/// @param heldBytesPerClient messages that wait for one client; if there are more, all are dropped
record BrokerLimits(
    double publishesPerSecond,
    double publishBurst,
    double bytesPerSecond,
    double byteBurst,
    int unacknowledged,
    int subscriptions,
    double requestsPerSecond,
    double requestBurst,
    double connectsPerSecond,
    double connectBurst,
    int connectSeconds,
    double acceptsPerSecond,
    double acceptBurst,
    int unfinishedPerSource,
    int connectionsPerSource,
    int connections,
    long heldBytesPerTopic,
    long heldBytesPerClient) {

  static final BrokerLimits IOT_CORE =
      new BrokerLimits(
          100, 500, 524_288, 2_097_152, 100, 50, 20, 200, 1, 20, 30, 30, 300, 50, 500, 1_000,
          512 << 10, 1 << 20);

  /// The same for clients whose clocks run faster than real time: they keep their rates by them.
  ///
  /// @param clockRate how many times faster; what is less than 1 counts as 1
  BrokerLimits atClockRate(double clockRate) {
    double rate = Math.max(1, clockRate);
    return new BrokerLimits(
        publishesPerSecond * rate,
        publishBurst * rate,
        bytesPerSecond * rate,
        byteBurst * rate,
        unacknowledged,
        subscriptions,
        requestsPerSecond * rate,
        requestBurst * rate,
        connectsPerSecond * rate,
        connectBurst * rate,
        connectSeconds,
        acceptsPerSecond,
        acceptBurst,
        unfinishedPerSource,
        connectionsPerSource,
        connections,
        heldBytesPerTopic,
        heldBytesPerClient);
  }
}
