/// The installer's screen: an HTTPS server on the gateway that shows every sensor live and binds
/// sensors to machines. A browser gets in with a code that is printed on the gateway's console.
@NullMarked
package io.gympulse.edge.screen;

import org.jspecify.annotations.NullMarked;
