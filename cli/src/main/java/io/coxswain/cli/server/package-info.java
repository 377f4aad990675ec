/// The API server as kubectl sees it: requests and their failures, and which resources there are.
@NullMarked
package io.coxswain.cli.server;

import org.jspecify.annotations.NullMarked;
