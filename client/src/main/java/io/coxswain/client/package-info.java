/// How every component talks to the API server: [Client] for requests, informers for a local copy
/// that follows a watch. Which [io.coxswain.http.Transport] carries it makes no difference.
@NullMarked
package io.coxswain.client;

import org.jspecify.annotations.NullMarked;
