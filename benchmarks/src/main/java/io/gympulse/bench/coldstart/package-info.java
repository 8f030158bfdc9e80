/// The time from the start of a function's JVM until it has written to its store. It runs the
/// deployment package with AWS's runtime client, DynamoDB Local and a fake IoT endpoint.
@NullMarked
package io.gympulse.bench.coldstart;

import org.jspecify.annotations.NullMarked;
