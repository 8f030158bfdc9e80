/// Runs the cloud's functions as AWS Lambda does, in processes driven by AWS's runtime client.
/// The runtime API is served by this process.
@NullMarked
package io.gympulse.system.lambda;

import org.jspecify.annotations.NullMarked;
