using CrRegistry.Requests;

namespace CrRegistry.Cmdlets.Base;

/// <summary>Writes the messages of jobs. All methods are called on the pipeline thread.</summary>
internal interface IJobReceiver
{
    /// <summary>Writes a line about a request, a retry, a credential or another reading.</summary>
    void WriteTrace(string text);

    /// <summary>Writes the signed text of a request without secrets.</summary>
    void WriteSignedText(string text);

    /// <summary>Writes a result of a job.</summary>
    void Receive(JobInput input, JobMessage message);

    /// <summary>Notes that a job has ended.</summary>
    /// <param name="input">The input of the job.</param>
    /// <param name="failure">The reason for its failure; null if it succeeded.</param>
    void JobEnded(JobInput input, Exception? failure);
}
