/// The bodies that travel between gateway and cloud, as values. Their meaning and promises are
/// those of the border protocol.
@NullMarked
package io.gympulse.contract.message;

import org.jspecify.annotations.NullMarked;
