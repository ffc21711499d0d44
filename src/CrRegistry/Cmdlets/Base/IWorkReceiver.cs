namespace CrRegistry.Cmdlets.Base;

/// <summary>Whoever writes what the work of a pipeline says: called on the pipeline's own thread only.</summary>
internal interface IWorkReceiver
{
    /// <summary>The service answered a request.</summary>
    /// <param name="description">It in one line.</param>
    void RequestCompleted(string description);

    /// <summary>A request was signed.</summary>
    /// <param name="description">What of it, without any secret.</param>
    void RequestSigned(string description);

    /// <summary>Something that explains why a call takes as long as it does: a request that is tried again, a list that is read again.</summary>
    /// <param name="description">It in one line.</param>
    void Remark(string description);

    /// <summary>A piece of work found something.</summary>
    void Receive(object subject, object message);

    /// <summary>A piece of work ended.</summary>
    /// <param name="subject">What it was for.</param>
    /// <param name="failure">Why it failed; null where it did not.</param>
    void WorkEnded(object subject, Exception? failure);
}
