/// Tests of the API server as its clients see it: requests in, answers out, no sockets, and a clock
/// that the test moves. [io.coxswain.apiserver.TestServer] is where they begin.
@NullMarked
package io.coxswain.apiserver;

import org.jspecify.annotations.NullMarked;
