/// Functions behind an HTTP API: its events as requests, answers as its responses.
/// What refuses a request says so in one error format, the same as the members' API has.
@NullMarked
package io.gympulse.cloud.http;

import org.jspecify.annotations.NullMarked;
