/// DynamoDB on this machine, as a process of its own, and what calls to it cost.
/// It is AWS's DynamoDB Local, on the class path of tests only: its licence bars shipping it.
@NullMarked
package io.gympulse.bench.dynamo;

import org.jspecify.annotations.NullMarked;
