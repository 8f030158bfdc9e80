package io.gympulse.local.http;

import java.time.Duration;

/// The HTTP server's limits. A source is an IPv4 address or the /64 network of an IPv6 address.
///
/// @param connections open at once, of all sources. A new one beyond it replaces the connection
///     that has waited longest for a request; if all requests are being handled, it is answered
///     with 503
/// @param connectionsOfSource open at once, of one source; a new one beyond it replaces one of the
///     same source, as above
/// @param bodyBytes of one request's body; a longer one is answered with 413
/// @param freeBytes of a body that are not charged to the budget
/// @param budgetBytes of all bodies that are being received or handled, without the free bytes; a
///     source may use half of it. A body beyond it is answered with 503.
/// @param handlingBytes of the bodies that are handled at once; others wait
/// @param headerBytes of a request's headers; more are answered with 431
/// @param head the longest time from the connection to the end of the first request's headers
/// @param body the longest time from the end of the headers to the end of the body
/// @param idle the longest time from a response to the end of the next request's headers
/// @param write the longest time until a client has received written data
public record HttpLimits(
    int connections,
    int connectionsOfSource,
    int bodyBytes,
    int freeBytes,
    int budgetBytes,
    int handlingBytes,
    int headerBytes,
    Duration head,
    Duration body,
    Duration idle,
    Duration write) {

  /// For a heap of 256 MB: a JSON body needs up to thirty times its length while it is handled.
  public static final HttpLimits STANDARD =
      new HttpLimits(
          512,
          128,
          1 << 20,
          16 << 10,
          8 << 20,
          2 << 20,
          16 << 10,
          Duration.ofSeconds(10),
          Duration.ofSeconds(20),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30));

  public HttpLimits {
    if (handlingBytes < bodyBytes || budgetBytes / 2 < bodyBytes) {
      throw new IllegalArgumentException(
          "handlingBytes and half of budgetBytes: at least bodyBytes, which is " + bodyBytes);
    }
  }
}
