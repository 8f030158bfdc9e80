/// Who is connected to the stream, kept outside the process that sends to them.
/// Needed where connections are held elsewhere, as by API Gateway.
@NullMarked
package io.gympulse.cloud.core.connection;

import org.jspecify.annotations.NullMarked;
