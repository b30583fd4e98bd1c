package org.almosttls.real;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import sample.testkit.ThrowAwayKeys;

/** Who servers and clients are, as the JVM arguments that tell them. */
record Identities(ThrowAwayKeys keys) {

    static Identities in(Path folder) {
        return new Identities(ThrowAwayKeys.in(folder));
    }

    /** {@code localhost}, by an RSA key and by one of P-256; by the first also for {@code javax.net.ssl}. */
    List<String> server() {
        return with(stores(keys.serverRsa(), keys.serverEc()), keys.serverRsa());
    }

    /** {@code localhost}, by a key that serves as a client's too, also for {@code javax.net.ssl}. */
    List<String> serverAndClient() {
        return with(stores(keys.either(), keys.either()), keys.either());
    }

    /** {@code CN=client}, also for {@code javax.net.ssl}. */
    List<String> client() {
        return with(stores(keys.client(), keys.client()), keys.client());
    }

    /** Nobody, who trusts the authority all the same. */
    List<String> stranger() {
        return List.of("-Dstores.trust=" + keys.trustStore(), "-Dstores.password=" + ThrowAwayKeys.PASSWORD);
    }

    private List<String> with(List<String> stores, Path own) {
        return Stream.of(stores, ThrowAwayKeys.keyArguments(own), keys.trustArguments())
                .flatMap(List::stream)
                .toList();
    }

    private List<String> stores(Path own, Path ownEc) {
        return List.of(
                "-Dstores.own=" + own,
                "-Dstores.ownEc=" + ownEc,
                "-Dstores.trust=" + keys.trustStore(),
                "-Dstores.password=" + ThrowAwayKeys.PASSWORD);
    }
}
