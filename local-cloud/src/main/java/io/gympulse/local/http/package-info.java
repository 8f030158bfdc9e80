/// The local cloud's HTTP server, and the emulation of an HTTP API in front of Lambda functions:
/// functions get the same events as on AWS, and their responses are sent as by AWS.
@NullMarked
package io.gympulse.local.http;

import org.jspecify.annotations.NullMarked;
