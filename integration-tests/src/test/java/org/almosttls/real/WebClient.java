package org.almosttls.real;

import java.util.List;
import java.util.stream.Stream;
import sample.testkit.ChildJvm;

/** Whose web client. */
enum WebClient {
    URL("HTTP/1.1"),
    JDK("HTTP/1.1", "HTTP/2"),
    NETTY("HTTP/1.1", "HTTP/2"),
    OKHTTP("HTTP/1.1", "HTTP/2"),
    CLASSIC("HTTP/1.1"),
    ASYNC("HTTP/1.1", "HTTP/2"),
    JETTY("HTTP/1.1", "HTTP/2");

    private final List<String> versions;

    WebClient(String... versions) {
        this.versions = List.of(versions);
    }

    List<String> versions() {
        return versions;
    }

    /** Starts it in a JVM of its own to make these visits and end. */
    ChildJvm start(Way way, List<String> jvmArguments, List<WebServer.Visit> visits) {
        Stream<String> words = Stream.concat(Stream.of(name()), visits.stream().flatMap(WebServer.Visit::words));
        return way.start(jvmArguments, "ordinary.web.Visits", words.toArray(String[]::new));
    }
}
