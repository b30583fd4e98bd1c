package org.almosttls.agent.choice;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.almosttls.agent.options.End;

/** A context of each stack, and which of them a connection is to be made from. */
record Stacks(SSLContext ours, SSLContext platforms, Choice choice) {

    SSLContext of(List<End> ends) {
        return choice.isOurs(ends) ? ours : platforms;
    }

    /** Both, first that for an end of which nothing is known. */
    List<SSLContext> both() {
        return choice.isOurs(List.of()) ? List.of(ours, platforms) : List.of(platforms, ours);
    }

    /** Names that both know. */
    static String[] common(String[] names, String[] others) {
        Set<String> known = Set.of(others);
        return Arrays.stream(names).filter(known::contains).toArray(String[]::new);
    }

    /** The same with no name of a suite or a protocol that the other stack would refuse. */
    static SSLParameters common(SSLParameters parameters, SSLParameters others) {
        parameters.setCipherSuites(common(parameters.getCipherSuites(), others.getCipherSuites()));
        parameters.setProtocols(common(parameters.getProtocols(), others.getProtocols()));
        return parameters;
    }
}
