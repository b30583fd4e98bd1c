package ordinary.remote;

import java.rmi.Remote;
import java.rmi.RemoteException;

/** What is called from another JVM. */
public interface Greeter extends Remote {

    String greet(String name) throws RemoteException;

    byte[] echo(byte[] bytes) throws RemoteException;
}
