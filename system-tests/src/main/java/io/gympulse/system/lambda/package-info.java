/// Runs the cloud's functions as AWS Lambda does, in processes of their own that AWS's runtime
/// client drives. The runtime API stands on this machine.
@NullMarked
package io.gympulse.system.lambda;

import org.jspecify.annotations.NullMarked;
