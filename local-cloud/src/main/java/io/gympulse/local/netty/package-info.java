/// Settings of Netty, which broker, HTTP server and API share.
@NullMarked
package io.gympulse.local.netty;

import org.jspecify.annotations.NullMarked;
