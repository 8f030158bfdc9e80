/// What the gateway reports to the service manager that started it, systemd: that it is ready, and
/// that it makes progress.
@NullMarked
package io.gympulse.edge.supervision;

import org.jspecify.annotations.NullMarked;
