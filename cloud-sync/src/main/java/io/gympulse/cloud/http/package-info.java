/// Functions behind an HTTP API: its events as requests and responses. Errors have the same format
/// as those of the members' API.
@NullMarked
package io.gympulse.cloud.http;

import org.jspecify.annotations.NullMarked;
