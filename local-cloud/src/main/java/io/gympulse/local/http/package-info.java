/// The local cloud's HTTP server, and the stand-in for an HTTP API in front of Lambda functions.
/// Functions see the events that they see on AWS, and their answers go out as AWS sends them.
@NullMarked
package io.gympulse.local.http;

import org.jspecify.annotations.NullMarked;
