package io.gympulse.local.broker;

/// The broker's limits for each client, each source address and all clients together. All rates are
/// in real time.
///
/// The values of `IOT_CORE` that a device can reach are AWS IoT Core's: publishes beyond the rate
/// are discarded, bytes beyond the rate are delayed, subscriptions beyond the number are refused.
/// Bursts are several seconds' worth, since a slow link may deliver at once what a well-behaved
/// client sent over seconds.
///
/// @param publishesPerSecond per connection; more are discarded
/// @param publishBurst publishes at once after a pause
/// @param bytesPerSecond received per connection; more are delayed
/// @param byteBurst bytes at once after a pause
/// @param maxInFlight publishes of a connection that the broker is processing; nothing more is read
///     meanwhile
/// @param subscriptions per connection, those of its session included
/// @param requestsPerSecond filters subscribed to or unsubscribed from, pings and all other packets
///     except publishes, per connection; more are delayed
/// @param requestBurst such requests at once after a pause
/// @param connectsPerSecond connection attempts per certificate; more are refused
/// @param connectBurst attempts at once after a pause
/// @param connectTimeoutSeconds from the TCP connection to the accepted CONNECT, TLS included
/// @param acceptsPerSecond TCP connections of one source address; more are closed
/// @param acceptBurst TCP connections at once after a pause
/// @param pendingPerSource TCP connections of one source without an accepted CONNECT
/// @param connectionsPerSource of one source address
/// @param connections of all
/// @param queuedBytesPerTopic messages that wait for subscribers; more are dropped
/// @param queuedBytesPerClient messages that wait for one client; if there are more, all are
///     dropped
record BrokerLimits(
    double publishesPerSecond,
    double publishBurst,
    double bytesPerSecond,
    double byteBurst,
    int maxInFlight,
    int subscriptions,
    double requestsPerSecond,
    double requestBurst,
    double connectsPerSecond,
    double connectBurst,
    int connectTimeoutSeconds,
    double acceptsPerSecond,
    double acceptBurst,
    int pendingPerSource,
    int connectionsPerSource,
    int connections,
    long queuedBytesPerTopic,
    long queuedBytesPerClient) {

  static final BrokerLimits IOT_CORE =
      new BrokerLimits(
          100, 500, 524_288, 2_097_152, 100, 50, 20, 200, 1, 20, 30, 30, 300, 50, 500, 1_000,
          512 << 10, 1 << 20);

  /// The limits for clients whose clocks run faster than real time, and with them their rates.
  ///
  /// @param clockRate how many times faster; a value below 1 counts as 1
  BrokerLimits atClockRate(double clockRate) {
    double rate = Math.max(1, clockRate);
    return new BrokerLimits(
        publishesPerSecond * rate,
        publishBurst * rate,
        bytesPerSecond * rate,
        byteBurst * rate,
        maxInFlight,
        subscriptions,
        requestsPerSecond * rate,
        requestBurst * rate,
        connectsPerSecond * rate,
        connectBurst * rate,
        connectTimeoutSeconds,
        acceptsPerSecond,
        acceptBurst,
        pendingPerSource,
        connectionsPerSource,
        connections,
        queuedBytesPerTopic,
        queuedBytesPerClient);
  }
}
