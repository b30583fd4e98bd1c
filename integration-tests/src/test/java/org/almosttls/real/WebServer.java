package org.almosttls.real;

import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import sample.testkit.ChildJvm;

/** A web server in a JVM of its own, with a port for strangers and one for clients that show a certificate. */
record WebServer(Software software, ChildJvm jvm, int stranger, int member) {

    private static final Pattern LISTENING = Pattern.compile("^listening on (\\d+) and (\\d+)$");
    private static final Duration START = Duration.ofSeconds(90);

    /** Whose server. */
    enum Software {
        JDK("HTTP/1.1"),
        TOMCAT("HTTP/1.1", "HTTP/2"),
        NETTY("HTTP/1.1", "HTTP/2"),
        MOCK("HTTP/1.1", "HTTP/2"),
        JETTY("HTTP/1.1", "HTTP/2");

        private final List<String> versions;

        Software(String... versions) {
            this.versions = List.of(versions);
        }

        String mainClass() {
            return "ordinary.web." + name().charAt(0) + name().substring(1).toLowerCase() + "Server";
        }

        ChildJvm start(Way way, Identities identities) {
            return way.start(identities.server(), mainClass());
        }
    }

    static WebServer await(Software software, ChildJvm jvm) {
        MatchResult ports = jvm.awaitLine(LISTENING, START);
        return new WebServer(software, jvm, Integer.parseInt(ports.group(1)), Integer.parseInt(ports.group(2)));
    }

    /** Two visits: one to each port and, if server and client have both versions of HTTP, one with each. */
    Stream<Visit> visits(WebClient client) {
        String newer = newestWith(client);
        boolean newerForMembers = (software.ordinal() + client.ordinal()) % 2 == 0;
        return Stream.of(
                visit(newerForMembers ? "HTTP/1.1" : newer, false), visit(newerForMembers ? newer : "HTTP/1.1", true));
    }

    private String newestWith(WebClient client) {
        // These two disagree about HTTP/2, also over the platform's TLS: the server sees a PROTOCOL_ERROR.
        if (software == Software.MOCK && client == WebClient.ASYNC) return "HTTP/1.1";
        String newest = software.versions.get(software.versions.size() - 1);
        return client.versions().contains(newest) ? newest : "HTTP/1.1";
    }

    Visit visit(String version, boolean asMember) {
        return new Visit(version, "https://localhost:" + (asMember ? member : stranger) + "/", asMember);
    }

    /** What a client is asked to do, in its own words, and what it says if that went well. */
    record Visit(String version, String uri, boolean asMember) {

        Stream<String> words() {
            return Stream.of(version, uri);
        }

        String wentWell() {
            return version + " " + uri + " " + version + " hello " + (asMember ? "CN=client" : "stranger")
                    + " and all back";
        }
    }
}
