package org.almosttls.agent.attach;

import java.util.ArrayList;
import java.util.List;

/** The names of providers of TLS, in the order in which an application comes to them. */
public final class TlsProviders {

    private static final String INSTALLS = "install";
    private static final String PLATFORM = "SunJSSE";
    private static final String OURS = "AlmostTLS";

    private TlsProviders() {}

    /**
     * The list that the application has does not name ours, which answer where the platform's would.
     *
     * @param mode the agent's, empty if it is not in
     * @param names of the application's list
     */
    public static List<String> under(String mode, List<String> names) {
        List<String> all = new ArrayList<>(names);
        if (!mode.equals(INSTALLS) || all.contains(OURS)) return all;
        int platform = all.indexOf(PLATFORM);
        all.add(platform < 0 ? all.size() : platform, OURS);
        return all;
    }
}
