package org.almosttls.agent;

import com.sun.tools.attach.VirtualMachine;
import javax.net.ssl.SSLContext;

/** An application that may use TLS, then has an agent attached to itself, and uses TLS again. */
public final class LateApp {

    private LateApp() {}

    /** @param arguments the agent's jar, then what to do before: {@code context}, {@code default} or nothing */
    public static void main(String[] arguments) throws Exception {
        String before = arguments.length > 1 ? arguments[1] : "";
        SSLContext early = before.equals("context") ? SSLContext.getInstance("TLS") : null;
        if (before.equals("default")) early = SSLContext.getDefault();
        VirtualMachine itself =
                VirtualMachine.attach(Long.toString(ProcessHandle.current().pid()));
        itself.loadAgent(arguments[0]);
        itself.detach();
        if (early != null) System.out.println("early=" + provider(early));
        System.out.println("late=" + provider(SSLContext.getInstance("TLS")));
        System.out.println("default=" + provider(SSLContext.getDefault()));
    }

    private static String provider(SSLContext context) {
        return context.getProvider().getName();
    }
}
