/// AWS's DynamoDB Local as a process of its own.
/// It is on the class path of tests only, as its licence does not allow shipping it.
@NullMarked
package io.gympulse.bench.dynamo;

import org.jspecify.annotations.NullMarked;
